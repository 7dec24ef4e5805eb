import { V1ReleaseLicense } from '../../../src/index.ts';
import { describeText } from '../../members.ts';
import { describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const release = v1Requests.releaseLicense;

describeV1Query(V1ReleaseLicense, release);
describeText(V1ReleaseLicense, release, 'orderId', 64, true);
describeText(V1ReleaseLicense, release, 'instanceId', 64, true);
