import { AuthSync } from '../../src/index.ts';
import { describeMoment, describeText } from '../members.ts';
import { describeFlag, describeKitBody, describeList } from './members.ts';
import { kitRequests, users } from './requests.ts';

const example = kitRequests.authSync;

describeKitBody(AuthSync, example);
describeText(AuthSync, example, 'appId', 64, true);
describeMoment(AuthSync, example, 'currentSyncTime', { milliseconds: true });
describeFlag(AuthSync, example, [0, 1, 2, 3]);
describeList(AuthSync, example, 'userList', {
  item: users[0],
  broken: { ...users[0], role: 'owner' },
  names: 'role',
});
