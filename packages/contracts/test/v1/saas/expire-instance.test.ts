import { V1ExpireInstance } from '../../../src/index.ts';
import { describeText } from '../../members.ts';
import { describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const expire = v1Requests.expireInstance;

describeV1Query(V1ExpireInstance, expire);
describeText(V1ExpireInstance, expire, 'instanceId', 64, true);
describeText(V1ExpireInstance, expire, 'orderId', 64, false);
