import { V1RefreshLicense } from '../../../src/index.ts';
import { describeMoment, describeText } from '../../members.ts';
import { describePeriod, describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const refresh = v1Requests.refreshLicense;

describeV1Query(V1RefreshLicense, refresh);
describeText(V1RefreshLicense, refresh, 'orderId', 64, true);
describeText(V1RefreshLicense, refresh, 'instanceId', 64, true);
describeText(V1RefreshLicense, refresh, 'productId', 64, false);
describeMoment(V1RefreshLicense, refresh, 'expireTime');
describePeriod(V1RefreshLicense, refresh);
