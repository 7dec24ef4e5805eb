import { ProductionRequest, UpdateLicenseCodeStatus } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText, describeWords } from '../members.ts';
import { requests } from '../production/requests.ts';

const update = requests.updateLicenseCodeStatus;

describeActivity(UpdateLicenseCodeStatus, update, ProductionRequest);
describeTestFlag(UpdateLicenseCodeStatus, update);
describeText(UpdateLicenseCodeStatus, update, 'license', 64, true);
describeWords(UpdateLicenseCodeStatus, update, 'status', ['FREEZE', 'UNFREEZE', 'FROZEN', 'UNFROZEN']);
