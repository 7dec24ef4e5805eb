export { type Config, type ConfigReading, readConfig, type StoreAccess } from './config/config.ts';
export { type ConfigFile, type ConfigFileReading, defineConfig, loadConfigFile } from './config/config-file.ts';
export type {
  AnsweringHandlers,
  Asking,
  ChangeQuestion,
  ChangeVerdict,
  CreateVerdict,
  Delivery,
  Handlers,
  Job,
  OnlineLicense,
  ProvisioningHandlers,
  PurchaseQuestion,
} from './handlers/handlers.ts';
export type { Ledger, LedgerDatabase } from './ledger/ledger.ts';
export { openLedger } from './ledger/open.ts';
export type { Request, Work } from './ledger/work.ts';
export { type RunningServer, type Surroundings, startServer } from './server.ts';
