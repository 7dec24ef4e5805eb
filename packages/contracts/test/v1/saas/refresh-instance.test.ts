import { V1RefreshInstance } from '../../../src/index.ts';
import { describeMoment, describeText } from '../../members.ts';
import { describeAmount, describePeriod, describeV1Query, describeYesNo } from '../members.ts';
import { v1Requests } from '../requests.ts';

const refresh = v1Requests.refreshInstance;

describeV1Query(V1RefreshInstance, refresh);
describeText(V1RefreshInstance, refresh, 'orderId', 64, true);
describeText(V1RefreshInstance, refresh, 'instanceId', 64, true);
describeText(V1RefreshInstance, refresh, 'productId', 64, false);
describeMoment(V1RefreshInstance, refresh, 'expireTime');
describeYesNo(V1RefreshInstance, refresh, 'trialToFormal');
describePeriod(V1RefreshInstance, refresh);
describeAmount(V1RefreshInstance, refresh);
