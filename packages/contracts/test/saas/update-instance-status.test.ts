import { ProductionRequest, UpdateInstanceStatus } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText, describeWords } from '../members.ts';
import { requests } from '../production/requests.ts';

const update = requests.updateInstanceStatus;

describeActivity(UpdateInstanceStatus, update, ProductionRequest);
describeText(UpdateInstanceStatus, update, 'instanceId', 64, true);
describeWords(UpdateInstanceStatus, update, 'status', ['FREEZE', 'UNFREEZE', 'FROZEN', 'UNFROZEN']);
describeTestFlag(UpdateInstanceStatus, update);
