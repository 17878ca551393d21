import { changesOfAgent } from './changes-of-agent'
import { ends } from './ends'
import { reopenedChats } from './reopened-chats'
import { sharedAddresses } from './shared-addresses'
import { starts } from './starts'
import { trouble } from './trouble'
import { wholeSessions } from './whole-sessions'
import type { Scene } from './scene'

export const scenes: readonly Scene[] = [
  ...wholeSessions,
  ...starts,
  ...changesOfAgent,
  ...ends,
  ...reopenedChats,
  ...sharedAddresses,
  ...trouble,
]
