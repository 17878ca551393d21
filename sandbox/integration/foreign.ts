import type { IntegrationProcess } from './process'

/** An integration that somebody else starts and stops, for example one under development in another window. */
export const foreignIntegration = (url: string): IntegrationProcess => ({
  url,
  pid: undefined,
  logs: () => [],
  onLog: () => () => undefined,
  setClock: () => Promise.resolve(),
  kill: () => Promise.resolve(),
  restart: () => Promise.resolve(),
  close: () => Promise.resolve(),
})
