import { ApplicationSync } from '../../src/index.ts';
import { describeText } from '../members.ts';
import { describeFlag, describeKitBody } from './members.ts';
import { kitRequests } from './requests.ts';

const example = kitRequests.applicationSync;

describeKitBody(ApplicationSync, example);
describeText(ApplicationSync, example, 'appId', 64, true);
describeText(ApplicationSync, example, 'clientId', 64, true);
describeText(ApplicationSync, example, 'clientSecret', 4096, true);
describeFlag(ApplicationSync, example, [0, 1, 2]);
