import type { Endpoint } from '../http'
import type { Stage } from '../stage'
import { agentRoutes } from './agents'
import { deskRoutes } from './desk'
import { installationRoutes } from './installation'
import { personRoutes } from './people'
import { readingRoutes } from './reading'
import type { Route } from './route'
import { runRoutes } from './run'
import { troubleRoutes } from './trouble'

/** Everything that a client can request under `/api`. */
export const createEndpoints = (stage: Stage): Endpoint[] =>
  [
    ...readingRoutes(stage),
    ...installationRoutes(stage),
    ...personRoutes(stage),
    ...deskRoutes(stage),
    ...agentRoutes(stage),
    ...troubleRoutes(stage),
    ...runRoutes(stage),
  ].map((route) => endpointOf(stage, route))

/** Whatever follows from a call has it as its cause. */
const endpointOf = ({ causes }: Stage, { method, path, cause, run }: Route): Endpoint => ({
  method,
  path,
  run: (call) => (cause ? causes.run(cause(call), (number) => run(call, number)) : run(call, 0)),
})
