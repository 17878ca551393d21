import type { PlantedFault } from './planted-fault'

/** Faults of all kinds. The comment above each one says who suffers, and by which order of events. */
export const furtherFaults: PlantedFault[] = [
  // After a rotation LiveChat signs with the new secret; it is refused for good, so agents' words and ends reach nobody.
  {
    name: 'of two active webhook secrets, only the previous one counts',
    kind: 'wrong key',
    file: 'src/webhook/verify.ts',
    find: ' || isMatch',
    replace: '',
  },
  // Amber passes the chat to Birch, then the webhook "Amber left" comes: the end user reads that they wait again, and hears of Birch a second time.
  {
    name: 'any known agent who leaves counts as a return to the queue',
    kind: 'wrong content',
    file: 'src/webhook/events/user-removed-from-chat.ts',
    find: "{ kind: 'agentLeft', userId: found.userId }",
    replace: "{ kind: 'backInQueue' }",
  },
  // The end user asks again in the same LiveChat chat: the start returns the ended conversation of the first session, and nothing of the second one arrives.
  {
    name: 'a session is found by its chat, not by its thread',
    kind: 'wrong place',
    file: 'src/session/session-store.ts',
    find: "discriminateByTags: ['livechatChatId', 'livechatThreadId'],",
    replace: "discriminateByTags: ['livechatChatId'],",
  },
  // An agent has the chat when it opens: the announcement leaves before the plugin listens, is dropped, and the agent is never announced.
  {
    name: 'the first thing in the drop window is not held back',
    kind: 'early answer',
    file: 'src/session/schedule.ts',
    find: 'if (windowAtMs !== undefined && windowAtMs > nowMs)',
    replace: 'if (windowAtMs !== undefined && windowAtMs > nowMs && lastDueAtMs > nowMs)',
  },
  // The bot's own code writes into a session: the agent reads it as the customer's words.
  {
    name: 'words of the bot are sent as those of the end user',
    kind: 'wrong name',
    file: 'src/channels/hitl.ts',
    find: "typeof payload.userId === 'string' ? 'customer' : 'bot'",
    replace: "payload.userId === null ? 'bot' : 'customer'",
  },
  // The end user writes 17 kB: LiveChat refuses the single event, and the text does not arrive.
  {
    name: 'the limit of a text is higher than that of LiveChat',
    kind: 'wrong content',
    file: 'src/content/to-agent/outgoing-events.ts',
    find: 'export const maxTextBytes = 16_000',
    replace: 'export const maxTextBytes = 20_000',
  },
  // An agent offers buttons, the end user answers with a label: it arrives as text, and the button is never pressed.
  {
    name: 'relayed choices are not recorded as open',
    kind: 'lost write',
    file: 'src/session/relay/relay-event.ts',
    find: "  if (event.type === 'rich_message') await noteOpenChoice(scope, session, event)\n",
    replace: '',
  },
  // Amber has the session, Birch helps and writes a line: Birch is announced as the agent, then Amber again, and so on.
  {
    name: 'a helper who writes is announced as the new agent',
    kind: 'wrong name',
    file: 'src/session/holder.ts',
    find: "return holder.kind === 'agent' || isLastAgent(holder, news.userId) ?",
    replace: 'return isLastAgent(holder, news.userId) ?',
  },
  // An agent puts a file into a private note: the end user gets it.
  {
    name: 'the visibility of files is not checked',
    kind: 'visibility',
    file: 'src/content/to-end-user/visibility.ts',
    find: "const isPublic = event.visibility === 'all' ||",
    replace: "const isPublic = event.type === 'file' || event.visibility === 'all' ||",
  },
  // The end user ends the session: the flows are told that an agent has closed it.
  {
    name: 'who closed the thread is compared with the wrong id',
    kind: 'wrong key',
    file: 'src/session/end/end-reason.ts',
    find: 'clues.closedByUserId === session.livechatCustomerId',
    replace: 'clues.closedByUserId === session.botpressUserId',
  },
  // With agent access, the end user ends the session: no webhook comes, so the flows never hear the details and the session never ends in our record.
  {
    name: 'the webhook of an end leaves out the ends that we cause',
    kind: 'wrong content',
    file: 'src/setup/webhooks/wanted-webhooks.ts',
    find: 'chat_deactivated: {},',
    replace: 'chat_deactivated: notByUs,',
  },
  // The settings are saved or the integration is upgraded while somebody talks to an agent: the end user is given back to the bot, and the agent's further words reach nobody.
  {
    name: 'a register frees the end users of sessions that go on',
    kind: 'wrong place',
    file: 'src/session/after-end/unknown-sessions.ts',
    find: 'toSession(each, nowMs) === undefined &&',
    replace: 'toSession(each, nowMs)?.ended === undefined &&',
  },
  // Birch writes for the first time in a thread in which Amber was before: Birch's Botpress user is made with Amber's name, and keeps it.
  {
    name: 'the first agent of the thread gives the author their name',
    kind: 'wrong name',
    file: 'src/session/agents/agent-users.ts',
    find: 'const inThread = chat?.users.find(({ id }) => id === (authorId ?? webhookAuthorId))',
    replace: "const inThread = chat?.users.find(({ type }) => type === 'agent')",
  },
  // A session has more messages than one page: at its end, the older ones count as missing, and the details give wrong numbers.
  {
    name: 'only the newest page of a conversation is looked at',
    kind: 'wrong content',
    file: 'src/session/relay/delivered-messages.ts',
    find: '} while (nextToken !== undefined)',
    replace: "} while (nextToken === '')",
  },

  // Botpress hangs while an agent's words are relayed: after 8 s LiveChat gets 200 and does not deliver again.
  {
    name: 'a webhook that ran out of time is accepted',
    kind: 'swallowed error',
    file: 'src/webhook/handler.ts',
    find: 'const isTransient = scope === undefined || mayLaterSucceed(error)',
    replace:
      "const isTransient = scope === undefined || (mayLaterSucceed(error) && errorCode(error) !== 'DeadlineExceededError')",
  },
  // The delivery of a first edit fails, the second edit is corrected, the first one is delivered again: the older text stands last.
  {
    name: 'a correction believes the webhook, not the thread',
    kind: 'stale read',
    file: 'src/webhook/events/event-updated.ts',
    find: 'return chat ? chat.thread.events.find(({ id }) => id === event.id) : event',
    replace: 'return chat ? event : event',
  },
  // Botpress refuses the notice of the end once: details and record are written, LiveChat gets 200, and the end user stays with a closed chat.
  {
    name: 'an end counts although the plugin was not notified',
    kind: 'swallowed error',
    file: 'src/session/end/end-session.ts',
    find: '  await stopped\n',
    replace: '',
  },
  // Botpress refuses the announcement (or the process is killed) after the record: the next delivery finds the agent recorded, and nobody ever announces them.
  {
    name: 'an agent is recorded before they are announced',
    kind: 'reversed order',
    file: 'src/session/agents/announce-agent.ts',
    find: '    await announce(scope, session, before, step.announce)\n  }',
    replace:
      '    await recordHolder(scope, session, step.holder)\n    await announce(scope, session, before, step.announce)\n  }',
  },
  // A call to Botpress hangs in a delivery: all later deliveries of the thread, redeliveries and the end among them, wait behind it until LiveChat gives them up.
  {
    name: 'work that was given up keeps its turn',
    kind: 'dropped turn',
    file: 'src/shared/turns.ts',
    find: "    if (signal?.aborted) finish()\n    else signal?.addEventListener('abort', finish, { once: true })\n",
    replace: '',
  },
  // Uploads fail while LiveChat is down: each keeps its place, and after six of them every further file of the process waits 18 s and is only linked.
  {
    name: 'a place for files is given back only after a good upload',
    kind: 'leak',
    file: 'src/channels/send-parts.ts',
    find: '  try {\n    return await copyInSlot(sending, part)\n  } finally {\n    leave()\n  }',
    replace: "  const upload = await copyInSlot(sending, part)\n  if ('url' in upload) leave()\n  return upload",
  },
  // The webhook of an agent's last words is lost, and calls are slow at the end: the read of the closed thread is cut off, and the words never arrive.
  {
    name: 'the read at the end has a tenth of its time',
    kind: 'deadline ignored',
    file: 'src/operation/budgets.ts',
    find: 'lastReadMs: 4_000,',
    replace: 'lastReadMs: 400,',
  },
  // Botpress answers 503 to the look-up of the customers while a token is renewed: an empty list is stored, the session's customer is lost, and the session breaks off.
  {
    name: 'a passing failure of a look-up counts as "there is nothing"',
    kind: 'swallowed error',
    file: 'src/operation/failures/platform-errors.ts',
    find: '    if (mayLaterSucceed(error)) throw error\n    return undefined',
    replace: '    void error\n    return undefined',
  },
  // The answer to the file of a bloc is lost, or the process is killed before it: the text, which has the same id, is taken for the file, which never arrives.
  {
    name: 'all parts of a message have the same id',
    kind: 'wrong key',
    file: 'src/content/to-agent/outgoing-events.ts',
    find: 'index === 0 ? idPrefix : `${idPrefix}-${index}`',
    replace: 'index < 0 ? `${idPrefix}-${index}` : idPrefix',
  },
  // The connection breaks after LiveChat has taken a message: it is sent again without a look, and the agent reads it twice.
  {
    name: 'a broken connection counts as one that was never made',
    kind: 'missing dedupe',
    file: 'src/livechat/errors.ts',
    find: "'ECONNREFUSED', 'ENOTFOUND',",
    replace: "'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND',",
  },
  // LiveChat ends a token before its time: the call is repeated with the refused token, and the message (or the start) fails.
  {
    name: 'after a renewal, the old token is used',
    kind: 'stale read',
    file: 'src/livechat/transport/exchange.ts',
    find: 'token = await credentials.renew(token, deadline)',
    replace: 'await credentials.renew(token, deadline)',
  },
  // Botpress refuses the conversation after the thread was opened: the start fails, and the chat stays open for an agent who waits for nobody.
  {
    name: 'a failed start leaves its thread open',
    kind: 'leak',
    file: 'src/actions/start-hitl.ts',
    find: '        await undoStart(scope, input.userId, opened)\n',
    replace: '',
  },
  // Botpress refuses the message of a correction after the digest was written: the redelivery finds nothing changed, and the end user keeps the old words.
  {
    name: 'a correction is recorded before it is said',
    kind: 'reversed order',
    file: 'src/session/relay/corrections.ts',
    find: "  const word = ourText('correction', session.language, scope.settings.texts)\n",
    replace:
      "  const livechatRevisionNow = [now, ...shown].slice(0, mostDigests).join(' ')\n  await repeatKeyedWrite(() =>\n    scope.client.updateMessage({ id: delivered.id, tags: { livechatRevision: livechatRevisionNow } }),\n  )\n  const word = ourText('correction', session.language, scope.settings.texts)\n",
  },
  // LiveChat has given up an agent's last words, and Botpress refuses once to list the messages at the end: the session ends without the words.
  {
    name: 'the end does not wait for a thread that cannot be read yet',
    kind: 'swallowed error',
    file: 'src/session/catch-up/catch-up.ts',
    find: 'if (comesAgain && !session.isEndDelayed && mayPass(error)) {',
    replace: 'if (comesAgain && session.isEndDelayed && mayPass(error)) {',
  },
  // Within seconds, one agent passes the session on to another: two processes take over the claim of the change before, and both announce the new agent.
  {
    name: 'a claim that takes the place of another one is not looked at again',
    kind: 'lost claim',
    file: 'src/session/claim.ts',
    find: "return (await heldBy()) !== 'another'",
    replace: 'return true',
  },
  // The webhook of a return to the queue is slow: meanwhile another process records the next agent, and the queue overwrites them.
  {
    name: 'a return to the queue overwrites the next agent',
    kind: 'lost write',
    file: 'src/session/session.ts',
    find: 'return { leftAgentUserId: inQueueAfter(holder.afterUserId) }',
    replace: 'return { assignedAgentUserId: holder.afterUserId, leftAgentUserId: inQueueAfter(holder.afterUserId) }',
  },
  // LiveChat cannot be reached when the end user ends: nothing records it, so the next webhooks do not close the chat and the agent keeps writing to nobody.
  {
    name: 'a stop that failed is not recorded',
    kind: 'lost write',
    file: 'src/actions/stop-hitl.ts',
    find: 'return leaveOpen(scope, session, error)',
    replace: 'return',
  },
  // The answer to the opening of a thread is lost: the own thread is taken for somebody else's, a second one is opened as another customer, and the first stays open.
  {
    name: 'an opening whose answer was lost is not recognised',
    kind: 'missing dedupe',
    file: 'src/livechat/open-thread.ts',
    find: '      if (mine) return { opened: true, thread: mine }\n',
    replace: '',
  },

  // Process A ends the session, but its answer to LiveChat is lost; 10 s later the webhook reaches process B, which remembers a live session: the details are told twice.
  {
    name: 'the webhook of an end believes what the process remembers',
    kind: 'stale read',
    file: 'src/webhook/events/chat-deactivated.ts',
    find: "session: 'fresh',",
    replace: "session: 'remembered',",
  },
  // An agent passes the chat on and Birch picks it up, but the two webhooks arrive in reverse: the end user reads that they wait, and Birch is announced twice.
  {
    name: 'a late return to the queue is never found outdated',
    kind: 'stale read',
    file: 'src/session/agents/outdated-transfer.ts',
    find: "return !thread.queue && (holder.kind === 'agent' || holder.kind === 'left') && isThere(holder.userId)",
    replace: 'return false',
  },
  // A rating is delivered twice (a duplicate, or a redelivery after a lost answer): the flows hear of it twice.
  {
    name: 'it is not recorded which rating was told',
    kind: 'redelivery',
    file: 'src/session/rating.ts',
    find: '  await updateSession(scope, session, { ratingTold: digest })\n',
    replace: '',
  },
  // Two processes get the webhook of an end at about the same time: when the second one asks, the first one's claim is already over, and both tell the details.
  {
    name: 'a claim lasts a tenth of its time',
    kind: 'lost claim',
    file: 'src/session/claim.ts',
    find: 'const claimLastsMs = 8_000',
    replace: 'const claimLastsMs = 800',
  },
  // An agent picks up a waiting chat and writes at once: process B creates the message, so the plugin announces its author, while process A announces the transfer: twice.
  {
    name: 'first words do not wait for the process that announces',
    kind: 'lost claim',
    file: 'src/session/agents/claim-announcement.ts',
    find: '    await claimOrWait(limited, session)',
    replace: '    await claimAnnouncement(limited, session)',
  },
  // An agent closes the chat while it starts, in another process than the start's: the notice comes before the plugin listens, is dropped, and the end user stays in a dead session.
  {
    name: 'an end does not wait for the drop window',
    kind: 'early answer',
    file: 'src/session/schedule.ts',
    find: 'afterWindowMs, afterDueMs)',
    replace: 'afterDueMs)',
  },
  // An agent writes before the conversation exists, and the webhook reaches process B: B takes the thread for foreign for ever, and accepts all its webhooks without doing anything.
  {
    name: 'a thread without a conversation is foreign at once, and for ever',
    kind: 'cache',
    file: 'src/session/session-store.ts',
    find: 'thread.isForeign = !earlier && askedAtMs - thread.firstMissedAtMs >= startIsOverAfterMs',
    replace: 'thread.isForeign = !earlier',
  },
  // An agent writes two lines within a second, and the look-up of the author or the call for the first one is slow: the second one overtakes it.
  {
    name: 'deliveries of one thread do not wait for each other',
    kind: 'dropped turn',
    file: 'src/session/thread.ts',
    find: 'scope.memory.inTurn(keyOf(scope, ids), work, scope.deadline.signal)',
    replace: 'work()',
  },
  // One process serves two bots of a license: the second bot's webhooks of the same thread find the first bot's session and agents, and words go to a conversation of the wrong bot or to none.
  {
    name: 'two bots of one organization share what a process remembers',
    kind: 'other installation',
    file: 'src/operation/scope.ts',
    find: 'memory.shortName(JSON.stringify([botId, integrationId, webhookId, clientId, organizationId]))',
    replace: 'memory.shortName(organizationId)',
  },
  // A message lands in LiveChat, but its sending fails or is killed afterwards, and Botpress hands it over again: it is sent a second time without a look at the thread.
  {
    name: 'a message that is handed over again counts as new',
    kind: 'redelivery',
    file: 'src/channels/handed-over-again.ts',
    find: "return known || isOld ? 'perhaps' : 'new'",
    replace: "return 'new'",
  },
  // Botpress refuses the record of the end, or a duplicate of the webhook comes at once: LiveChat has its 200, the session still counts as going on, and its details are told again.
  {
    name: 'a webhook is answered before its end is recorded',
    kind: 'missing await',
    file: 'src/session/end/end-session.ts',
    find: '  await updateSession(scope, session, {\n    ended: { reason, atMs: vendorNowMs(scope), stopsAtMs },\n    ...(session.isLeftOpen ? { isLeftOpen: false } : {}),\n  })',
    replace:
      '  void updateSession(scope, session, {\n    ended: { reason, atMs: vendorNowMs(scope), stopsAtMs },\n    ...(session.isLeftOpen ? { isLeftOpen: false } : {}),\n  }).catch(() => undefined)',
  },
  // Two people share one user by their e-mail address, and the second one starts while the first one is in a session: the first one's customer is overwritten, and their messages fail.
  {
    name: 'a further customer replaces the earlier ones of the user',
    kind: 'lost write',
    file: 'src/customers/customer-store.ts',
    find: '(customers) => [...customers, customer])',
    replace: '() => [customer])',
  },
  // Two people who share one user ask at the same time, in two processes: the second start finds the first one's thread before it has a conversation, and closes it.
  {
    name: 'the thread of a start under way counts as left over',
    kind: 'lost claim',
    file: 'src/session/start/open-thread-use.ts',
    find: "  if (isYoung) return 'busy'\n",
    replace: "  if (isYoung && session) return 'busy'\n",
  },
  // In the seconds after a start, two lines of an agent are relayed by two processes, and the first one is slower: they are due in the order of relaying, so the end user reads them in reverse.
  {
    name: 'in the drop window, words are ordered by when they were relayed',
    kind: 'reversed order',
    file: 'src/session/relay/relay-event.ts',
    find: 'const circumstances = { happened: happenedOf(event), isPresent }',
    replace: 'const circumstances = { isPresent }',
  },
  // An agent closes the chat before its conversation exists, so the webhook finds nothing: the first read takes the closed thread for a waiting one, and the end user waits for ever.
  {
    name: 'a thread that was closed during its start counts as waiting',
    kind: 'stale read',
    file: 'src/session/catch-up/apply-thread.ts',
    find: 'if (!chat.thread.active) {',
    replace: 'if (!chat.thread.active && chat.thread.events.length === 0) {',
  },
  // A session goes back to the queue, then the next agent's first words arrive before (or without) the webhook of the transfer: the session was read as one without agents so far, so the agent is never announced.
  {
    name: 'a recorded return to the queue is read as "nobody yet"',
    kind: 'wrong content',
    file: 'src/session/session.ts',
    find: "return { kind: 'queue', afterUserId: assigned }",
    replace: "return { kind: 'nobody' }",
  },
  // The clock of one process is ten minutes fast: what it schedules, claims and ends is off by twenty, so ends come late and words reach the plugin before it listens.
  {
    name: 'a wrong clock is corrected in the wrong direction',
    kind: 'deadline ignored',
    file: 'src/operation/vendor-time.ts',
    find: 'return runtime.nowMs() - (Math.abs',
    replace: 'return runtime.nowMs() + (Math.abs',
  },
  // With agent access, the read of the chat tags hangs when an agent closes the chat: the webhook runs out of time between or before the details and their record, so they are told late, twice or never.
  {
    name: 'the end waits for the chat tags as long as it can',
    kind: 'deadline ignored',
    file: 'src/session/chat-tags.ts',
    find: 'budgets.webhook.chatTagsMs)',
    replace: 'budgets.webhook.wholeMs)',
  },
  {
    name: 'a process whose cache has dropped a session waits in vain for what another process records',
    kind: 'cache',
    file: 'src/session/session-store.ts',
    find: '  threadOf(scope, session).session ??= session\n  const read = await lookUpSession(scope, session)\n  if (read && read !== session) Object.assign(session, read)',
    replace: '  await lookUpSession(scope, session)',
  },
  {
    name: 'the author of the first words is not recorded if the session cannot be looked up',
    kind: 'lost write',
    file: 'src/session/agents/announce-agent.ts',
    find: "await (holder.kind === 'nobody' ? tryRefresh(scope, session) : refreshSession(scope, session))",
    replace: 'await refreshSession(scope, session)',
  },
  {
    name: 'a failed start closes the thread that an agent has opened since',
    kind: 'wrong place',
    file: 'src/session/start/undo-start.ts',
    find: '    if (!(await isClosed(limited, api, opened))) await closeThreadOnce(api, opened.chatId, opened.threadId)',
    replace: '    await closeThreadOnce(api, opened.chatId, opened.threadId)',
  },
  {
    name: 'a read counts although another process has recorded a transfer since',
    kind: 'stale read',
    file: 'src/session/catch-up/catch-up.ts',
    find: 'const isOvertaken = thread.writes !== writes || !isSameHolder(session.holder, holder)',
    replace: 'const isOvertaken = thread.writes !== writes',
  },
  {
    name: "our own text comes before the agent's first words, so that the plugin announces us",
    kind: 'reversed order',
    file: 'src/session/own-words.ts',
    find: '...nextSchedule(scope, session, afterAllOthers(scope))',
    replace: '...nextSchedule(scope, session)',
  },
  {
    name: 'a process that cannot read the name of an agent takes the name that another process has read',
    kind: 'lost write',
    file: 'src/session/agents/agent-users.ts',
    find: 'scope.client.getOrCreateUser(standIn === undefined ? draft : unnamed)',
    replace: 'scope.client.getOrCreateUser(draft)',
  },
  {
    name: 'a catch-up that leaves words to a webhook which has failed counts as complete',
    kind: 'dropped turn',
    file: 'src/session/catch-up/catch-up.ts',
    find: '    if (ownEventId === undefined && !last.isComplete) noteMissedDelivery(thread)\n',
    replace: '',
  },
  {
    name: 'an agent whose user could not be named stays without a name',
    kind: 'wrong name',
    file: 'src/session/agents/agent-users.ts',
    find: '  if (!user?.name) return undefined',
    replace: '  if (!user) return undefined',
  },
  {
    name: 'the record that an agent is back overwrites the next agent whom another process has just recorded',
    kind: 'lost write',
    file: 'src/session/session.ts',
    find: "if (before?.kind === 'left' && before.userId === holder.userId) return { leftAgentUserId: '' }\n",
    replace: '',
  },
]
