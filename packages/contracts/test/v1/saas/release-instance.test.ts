import { V1ReleaseInstance } from '../../../src/index.ts';
import { describeText } from '../../members.ts';
import { describeAmount, describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const release = v1Requests.releaseInstance;

describeV1Query(V1ReleaseInstance, release);
describeText(V1ReleaseInstance, release, 'instanceId', 64, true);
describeText(V1ReleaseInstance, release, 'orderId', 64, false);
describeAmount(V1ReleaseInstance, release);
