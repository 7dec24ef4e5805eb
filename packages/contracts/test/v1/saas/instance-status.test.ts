import { V1InstanceStatus } from '../../../src/index.ts';
import { describeText, describeWords } from '../../members.ts';
import { describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const status = v1Requests.instanceStatus;

describeV1Query(V1InstanceStatus, status);
describeText(V1InstanceStatus, status, 'instanceId', 64, true);
describeWords(V1InstanceStatus, status, 'instanceStatus', ['FREEZE', 'NORMAL']);
