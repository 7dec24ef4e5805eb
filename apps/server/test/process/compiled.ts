const { NODE_COMPILE_CACHE } = process.env;

/** For the environment of a process: where Node.js keeps what it compiled, if the run has such a place. */
export const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
