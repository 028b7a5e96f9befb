/** What tells such a server from other programs, at `/healthz`. */
export const serviceName = 'multi-model-orchestrator';
