import { V1ExpireLicense } from '../../../src/index.ts';
import { describeText } from '../../members.ts';
import { describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const expire = v1Requests.expireLicense;

describeV1Query(V1ExpireLicense, expire);
describeText(V1ExpireLicense, expire, 'orderId', 64, true);
describeText(V1ExpireLicense, expire, 'instanceId', 64, true);
