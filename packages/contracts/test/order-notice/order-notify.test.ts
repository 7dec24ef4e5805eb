import { OrderNotify, ProductionRequest } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const notice = requests.orderNotify;

describeActivity(OrderNotify, notice, ProductionRequest);
describeText(OrderNotify, notice, 'orderId', 64, true);
describeText(OrderNotify, notice, 'orderLineId', 64, true);
describeTestFlag(OrderNotify, notice);
