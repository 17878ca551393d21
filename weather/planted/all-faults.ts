import { faultsOfOperation } from './faults-of-operation'
import { faultsOfRelay } from './faults-of-relay'
import { faultsOfSending } from './faults-of-sending'
import { faultsOfSessions } from './faults-of-sessions'
import { furtherFaults } from './further-faults'
import type { PlantedFault } from './planted-fault'
import { subtleFaults } from './subtle-faults'

export const allFaults: PlantedFault[] = [
  ...faultsOfRelay,
  ...faultsOfSessions,
  ...faultsOfSending,
  ...faultsOfOperation,
  ...furtherFaults,
  ...subtleFaults,
]
