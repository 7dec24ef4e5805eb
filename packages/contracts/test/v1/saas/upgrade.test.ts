import { V1Upgrade } from '../../../src/index.ts';
import { describeText } from '../../members.ts';
import { describeInteger, describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const upgrade = v1Requests.upgrade;

describeV1Query(V1Upgrade, upgrade);
describeText(V1Upgrade, upgrade, 'instanceId', 64, true);
describeText(V1Upgrade, upgrade, 'orderId', 64, true);
describeText(V1Upgrade, upgrade, 'skuCode', 64, true);
describeText(V1Upgrade, upgrade, 'productId', 64, true);
describeText(V1Upgrade, upgrade, 'saasExtendParams', 2048, false);
describeInteger(V1Upgrade, upgrade, 'amount', 7);
describeInteger(V1Upgrade, upgrade, 'diskSize', 7);
describeInteger(V1Upgrade, upgrade, 'bandWidth', 7);
