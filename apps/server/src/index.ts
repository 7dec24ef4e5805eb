export { type Config, readConfig } from './config/config.ts';
export { type RunningServer, type Surroundings, startServer } from './server.ts';
