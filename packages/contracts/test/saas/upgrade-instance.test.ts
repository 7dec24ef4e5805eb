import { ProductionRequest, UpgradeInstance } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const upgrade = requests.upgradeInstance;

describeActivity(UpgradeInstance, upgrade, ProductionRequest);
describeText(UpgradeInstance, upgrade, 'instanceId', 64, true);
describeText(UpgradeInstance, upgrade, 'orderId', 64, true);
describeText(UpgradeInstance, upgrade, 'orderLineId', 64, true);
describeTestFlag(UpgradeInstance, upgrade);
