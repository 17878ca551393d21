import type { IntegrationProcess } from './process'

/** An integration that somebody else started and will stop, such as the one under development in another window. */
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
