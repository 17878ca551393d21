import type * as bp from '../bp'

/** Nothing to take back: in LiveChat only customers and chats exist, which belong to the license's history. */
export const unregister: bp.IntegrationProps['unregister'] = () => Promise.resolve()
