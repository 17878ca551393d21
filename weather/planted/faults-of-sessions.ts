import type { PlantedFault } from './planted-fault'

/** Faults on the way from the end user to the agent, and in how sessions start and end. */
export const faultsOfSessions: PlantedFault[] = [
  {
    name: 'a send whose answer was lost is repeated without a look',
    file: 'src/livechat/send-event-once.ts',
    find: 'if (landed !== undefined) return landed',
    replace: '',
  },
  {
    name: 'a send whose answer was lost counts as sent',
    file: 'src/livechat/send-event-once.ts',
    find: 'if (!(error instanceof LiveChatError) || !error.mayHaveLanded) throw error',
    replace:
      "if (!(error instanceof LiveChatError) || !error.mayHaveLanded) throw error\n      if (tries === 1) return 'lost'",
  },
  {
    name: 'the failure of a send is swallowed',
    file: 'src/channels/hitl.ts',
    find: 'await repeatEnd(scope, session)\n    throw error',
    replace: 'await repeatEnd(scope, session)\n    return undefined',
  },
  {
    name: 'every failure of a send is swallowed',
    file: 'src/channels/hitl.ts',
    find: 'if (!isThreadGone(error)) throw error\n    // The plugin',
    replace: 'if (!isThreadGone(error)) return undefined\n    // The plugin',
  },
  {
    name: 'messages of a conversation do not wait for each other',
    file: 'src/channels/hitl.ts',
    find: "const turn = scope.key('send', message.props.conversation.id)",
    replace: "const turn = scope.key('send', message.props.message.id)",
  },
  {
    name: 'only the first part of a message is sent',
    file: 'src/channels/send-parts.ts',
    find: 'for (const [index, part] of parts.entries()) {',
    replace: 'for (const [index, part] of parts.slice(0, 0).entries()) {',
  },
  {
    name: 'words of an ended session are sent into the chat all the same',
    file: 'src/channels/hitl.ts',
    find: "if (session.ended) throw new LiveChatApiError('send_event', 'chat_inactive', 0)",
    replace: '',
  },
  {
    name: 'the wrong customer of a user speaks',
    file: 'src/customers/customer-store.ts',
    find: 'customers.find(({ customerId }) => customerId === livechatCustomerId)\n  // Another',
    replace: 'customers.find(({ customerId }) => customerId !== livechatCustomerId) ?? customers[0]\n  // Another',
  },
  {
    name: 'a failed start leaves its thread open',
    file: 'src/actions/start-hitl.ts',
    find: 'await undoStart(scope, input.userId, opened)',
    replace: '',
  },
  {
    name: 'a lost start opens another thread',
    file: 'src/livechat/open-thread.ts',
    find: 'if (mine) return { opened: true, thread: mine }',
    replace: '',
  },
  {
    name: 'a new customer is not kept',
    file: 'src/session/start/start-thread.ts',
    find: 'keepNewCustomer(scope, botpressUserId, customer),',
    replace: 'Promise.resolve(void keepNewCustomer),',
  },
  {
    name: 'the plugin is not notified of an end',
    file: 'src/session/end/end-session.ts',
    find: 'const stopped = notifyStopped(scope, session, stopsAtMs)',
    replace: 'const stopped = Promise.resolve()',
  },
  {
    name: 'one refusal of hitlStopped is final',
    file: 'src/session/end/end-session.ts',
    find: 'throw new MustRepeatError(error)',
    replace: "scope.log.error('stop_refused')",
  },
  {
    name: 'every process tells the end',
    file: 'src/session/end/end-session.ts',
    find: 'if (!isClaimed) {',
    replace: 'if (!isClaimed && session.ended) {',
  },
  {
    name: 'an end is recorded but not told',
    file: 'src/session/end/end-session.ts',
    find: "requireCreated(await scope.client.createEvent(details), 'event')",
    replace: 'void details',
  },
  {
    name: 'an end overtakes the last words',
    file: 'src/session/catch-up/catch-up.ts',
    find: 'return await withBudget(scope, budgets.webhook.lastReadMs, (limited) => applyThread(limited, session))',
    replace: 'return {}',
  },
  {
    name: 'a refused token is never renewed',
    file: 'src/livechat/transport/exchange.ts',
    find: "if (mayRenew && credentials.renew && isApiErrorOfType(error, 'authentication')) {",
    replace: "if (!mayRenew && credentials.renew && isApiErrorOfType(error, 'authentication')) {",
  },
  {
    name: 'calls go on after the deadline of their operation',
    file: 'src/operation/scope.ts',
    find: 'signal.throwIfAborted()\n        return requireObject',
    replace: 'return requireObject',
  },
]
