import type { PlantedFault } from './planted-fault'

/** Faults that show only at a certain moment. The comment above each one says who suffers, and by which order of events. */
export const subtleFaults: PlantedFault[] = [
  // The end user sees the words of a named agent under the name for nameless agents, and the webchat keeps that name.
  // The end user's message begins the first read of a thread in this process. While the read is under way, a new agent
  // writes. The webhook shares the read, which does not hold the event, so nobody knows whose opaque id and name it is.
  {
    name: 'the author is looked for in a read that began before the event, so a new agent stays without a name',
    kind: 'wrong name',
    file: 'src/session/read-thread.ts',
    find: '    return chat && isEnough ? chat : readThread(limited, session)',
    replace: '    return chat ?? readThread(limited, session)',
  },
  // The end user misses the agent's words. An agent reopens a closed chat and writes for more than half a minute; this
  // process takes the thread for foreign. Then the end user hands over again, and a start in another process joins the
  // agent's thread. The next messages of the agent reach this process, which ignores them with 200.
  {
    name: 'a thread that an agent reopened in a chat of ours counts as foreign for ever, although a start joins it later',
    kind: 'cache',
    file: 'src/session/session-store.ts',
    find: '  thread.isForeign = !earlier && askedAtMs - thread.firstMissedAtMs >= startIsOverAfterMs',
    replace: '  thread.isForeign = askedAtMs - thread.firstMissedAtMs >= startIsOverAfterMs',
  },
  // The end user is told twice that the second agent has joined. At a transfer from X to Y, process A looks up the
  // session for user_removed(X). Process B announces and records Y. Then A records that X left, and writes X over Y.
  // At Y's next message A still believes that X was the last agent, and announces Y again.
  {
    name: 'the record that an agent left overwrites the next agent whom another process has just recorded',
    kind: 'lost write',
    file: 'src/session/session.ts',
    find: '      return { leftAgentUserId: holder.userId }',
    replace: '      return { assignedAgentUserId: holder.userId, leftAgentUserId: holder.userId }',
  },
  // The end user misses the agent's last words. Botpress refused them once, and the catch-up at the end failed, so the
  // plugin is notified only in 30 s. LiveChat redelivers the words to another process. That process reads the tag
  // without the time of the notice, takes the session for stopped, and drops the words.
  {
    name: 'the tag of the end does not say when the plugin is notified, so other processes drop redelivered last words',
    kind: 'lost write',
    file: 'src/session/session.ts',
    find: '  ...(changes.ended && { ended: `${changes.ended.reason} ${changes.ended.atMs} ${changes.ended.stopsAtMs}` }),',
    replace: '  ...(changes.ended && { ended: `${changes.ended.reason} ${changes.ended.atMs}` }),',
  },
  // The end user of bot A misses messages. Two bots of one license run in one process, and hand-made webhooks bring
  // every chat to both. Bot B's webhook of A's thread comes first: it marks the shared entry as foreign, and A's webhook
  // of the same event is ignored. If A came first, B uses A's session with its own client.
  {
    name: 'two installations in one process share what is known of a thread',
    kind: 'other installation',
    file: 'src/session/thread.ts',
    find: "  scope.key('thread', livechatChatId, livechatThreadId)",
    replace: "  JSON.stringify(['thread', livechatChatId, livechatThreadId])",
  },
  // The end user is told twice that an agent has joined. Botpress takes the announcement but its answer hangs until the
  // webhook's time is over. The redelivery, or the next webhook in this process, does not know of the attempt, gets its
  // own claim again, and makes the same announcement again.
  {
    name: 'an announcement is remembered only after its answer, so one whose answer hung is made again',
    kind: 'missing dedupe',
    file: 'src/session/agents/announce-agent.ts',
    find: '  thread.announcement = { number, before, userId: agentUserId, made }\n  await making',
    replace: '  await making\n  thread.announcement = { number, before, userId: agentUserId, made }',
  },
  // The end user is told that Y has joined, although they wait. X passes the chat to Y, and Y at once to the queue. The
  // webhook about the queue comes first. Then the one about Y comes late. The thread has nobody and a queue, but the
  // late webhook counts. The end user then waits for an agent who is not there.
  {
    name: 'a late transfer to an agent counts although the thread shows that the session waits in the queue',
    kind: 'reversed order',
    file: 'src/session/agents/outdated-transfer.ts',
    find: '  if (present.length === 0) return thread.queue !== undefined',
    replace: '  if (present.length === 0) return false',
  },
  // The end user gets the bot's good-bye before the agent's last words, and the flow runs while the plugin still has
  // the conversation. The session ends inside the drop window, or the last read failed, so the plugin is notified 7 s or
  // 30 s later. The flows are told at once.
  {
    name: 'the flows are told the end at once, not after the plugin has given the conversation back',
    kind: 'reversed order',
    file: 'src/session/end/end-session.ts',
    find: "  const details = { type: 'hitlSessionEnded' as const, payload, ...scheduleAt(scope, stopsAtMs + detailsAfterMs) }",
    replace: "  const details = { type: 'hitlSessionEnded' as const, payload }",
  },
  // The end user is cut off from a living session. An agent reopens a chat (thread 2, no session), writes and closes it.
  // The end user hands over: thread 3 of the same chat. A late or repeated webhook of thread 2 reaches a process that
  // does not know it was told. It takes the session of thread 3 for a forgotten one and ends it.
  {
    name: 'a late message of an older thread ends the living session of the same chat',
    kind: 'wrong place',
    file: 'src/session/after-end/agent-returned.ts',
    find: "  if (!earlier.ended && !(openedAtMsOf(chat) > earlier.createdAtMs)) return 'notLater'\n",
    replace: '',
  },
  // The end user of a living session is cut off. A stop could not close thread 1. The user's next start closes it and
  // opens thread 2 in the same chat. A message webhook of thread 1 arrives late in a process that knows thread 1 as left
  // open. That process closes the chat's open thread, which is thread 2.
  {
    name: 'closing a thread that was left open closes the next session of the same chat',
    kind: 'wrong place',
    file: 'src/session/after-end/left-open.ts',
    find: '  return chat?.active === true && chat.last_thread_id === session.livechatThreadId',
    replace: '  return chat?.active === true',
  },
  // The bot's flows are told the end twice, and greet or survey the end user twice. An agent closes the chat. The
  // webhook is in its turn when the end user's message fails in the same process because the chat is closed. Both end
  // the session. The claim does not help, since one process gets its own claim again.
  {
    name: 'an end found by a failed message does not wait for the turn of the webhook that ends the same session',
    kind: 'dropped turn',
    file: 'src/session/after-end/unnoticed-end.ts',
    find: 'export const endUnnoticedSession = (scope: Scope, ids: ThreadIds): Promise<void> =>\n  inThreadTurn(scope, ids, async () => {',
    replace:
      'const atOnce = (_scope: Scope, _ids: ThreadIds, work: () => Promise<void>): Promise<void> => work()\n\nexport const endUnnoticedSession = (scope: Scope, ids: ThreadIds): Promise<void> =>\n  atOnce(scope, ids, async () => {',
  },
  // The end user is told that X has joined, although X has just passed them on to Y. Their message begins the first read
  // in this process, while X is there. The webhook of the transfer to Y is applied while the message is still being
  // sent. Then the older read is applied, which shows X alone.
  {
    name: 'a read that began before a transfer announces the former agent again',
    kind: 'stale read',
    file: 'src/session/catch-up/catch-up.ts',
    find: '        await applyRead(limited, session, read, { createdBeforeMs, isOvertaken })',
    replace: '        await applyRead(limited, session, read, { createdBeforeMs })',
  },
  // The end user gets into a dead session. A start joins an agent's thread and makes the conversation, then fails, and
  // records so. The next start joins the same thread and gets the same conversation, which has ended. Each message of
  // the end user is refused, and the agent writes to nobody, as long as the thread is open.
  {
    name: 'after a failed start, the next one joins the same thread and gets the conversation that has ended',
    kind: 'wrong place',
    file: 'src/session/start/open-thread-use.ts',
    find: "    if (openerOf(thread, scope.app.clientId) === 'agent') return session ? 'busy' : 'byAgent'",
    replace: "    if (openerOf(thread, scope.app.clientId) === 'agent') return 'byAgent'",
  },
  // The end user gets into a session that never began. Botpress delivers a start twice, to two processes. The second one
  // returns the conversation as soon as it exists. Then the first one cannot record the wait, fails, and closes the
  // thread. The end user's words reach nobody.
  {
    name: 'a repeated start returns the conversation of the first one before that start has succeeded',
    kind: 'early answer',
    file: 'src/session/start/start-claim.ts',
    find: "    if (session && (session.holder.kind !== 'nobody' || session.queueTold)) return stillOpen(scope, session)",
    replace: '    if (session) return stillOpen(scope, session)',
  },
  // One person reads what an agent wrote to another. Two people gave the same e-mail address, and merging is on. An
  // agent reopens the chat to answer the first person. The second person hands over, joins that thread, and the
  // catch-up shows them what the agent has written to the first one.
  {
    name: 'a user who was found only by e-mail joins the thread that an agent opened for somebody else',
    kind: 'leak',
    file: 'src/session/start/start-thread.ts',
    find: "    if (use === 'busy' || (use === 'byAgent' && !request.mayJoin)) return undefined",
    replace: "    if (use === 'busy') return undefined",
  },
  // The end user reads what the agent took back. The agent sends a message to the wrong person and deletes it. The
  // webhook of the deletion comes first, to process A, which records it. The message's own webhook comes late, to
  // process B, which sees the tag but looks only at what it has itself heard of.
  {
    name: 'a process does not heed a deletion that another process has recorded',
    kind: 'leak',
    file: 'src/session/relay/early-deletions.ts',
    find: '  session.deletedEarly === eventId || threadOf(scope, session).deletedEventIds?.has(eventId) === true',
    replace: '  threadOf(scope, session).deletedEventIds?.has(eventId) === true',
  },
  // Later end users can no longer send files. A start with files in its history joins an equal start, or fails, so its
  // files are never uploaded. Each keeps one of the six places in memory. After a few such starts, every file in this
  // process waits for a place until its time is over.
  {
    name: 'files of the history that are never uploaded keep their places in memory for ever',
    kind: 'leak',
    file: 'src/session/start/history-files.ts',
    find: "  // The budget may end before the file is uploaded.\n  signal.addEventListener('abort', leave, { once: true })\n",
    replace: '',
  },
  // The end user reads two messages in the wrong order. Message 1 hangs in Botpress until its time is over, or waits
  // behind such a call and never gets its turn. It is answered 503, but nothing is noted. Message 2 does not catch up and
  // is relayed. Message 1 follows 10 s later, or at the end if LiveChat has given it up.
  {
    name: 'a delivery that ran out of time is not noted, so the next one overtakes it',
    kind: 'reversed order',
    file: 'src/webhook/handler.ts',
    find: '  if (scope) noteFailure(scope, props.body)',
    replace: '  if (scope && !isTransient) noteFailure(scope, props.body)',
  },
  // The agent's late words go to the bot as if the end user had written them. The message failed in process A, and A
  // ended the session some seconds later. LiveChat redelivers the message to B, which has known the session as open for
  // a minute and does not look again.
  {
    name: 'a late redelivery trusts a session that another process has ended meanwhile',
    kind: 'stale read',
    file: 'src/webhook/action-runner.ts',
    find: '  return scope.runtime.nowMs() - session.readAtMs > (isLate ? lateStaleAfterMs : staleAfterMs)',
    replace: '  return scope.runtime.nowMs() - session.readAtMs > staleAfterMs',
  },
  // The end user is told that the agent of last week has joined, although they wait. A second session uses the same
  // chat, whose users list the former agent as not present. The webhook incoming_chat comes after the conversation was
  // made, to the process of the start.
  {
    name: 'an agent of an earlier thread, who is not present, is announced as the one who joined',
    kind: 'wrong name',
    file: 'src/webhook/joined-agent.ts',
    find: "  type === 'agent' && visibility !== 'agents' && present !== false && isHumanAgentId(id)",
    replace: "  type === 'agent' && visibility !== 'agents' && isHumanAgentId(id)",
  },
  // The end user keeps the wrong content. Process A relays a message, and the agent corrects it a moment later. Process B
  // gets the change, but Botpress' list does not show A's message yet. B relays the new content as a first message,
  // finds A's message by the key, and says nothing. The correction is lost.
  {
    name: 'a correction that is quicker than the list of messages is lost',
    kind: 'stale read',
    file: 'src/webhook/events/event-updated.ts',
    find: '  if (delivered || !isYoung) return delivered\n  await scope.runtime.sleep(readsLagMs, scope.deadline.signal)\n  const later = await findDelivered(scope, session, id)\n  if (!later && wasCreatedHere(scope, id)) throw',
    replace: '  const later = delivered\n  if (!later && isYoung && wasCreatedHere(scope, id)) throw',
  },
  // The end user hears of an agent twice, and the flows of an end twice. Serverless containers give their processes the
  // same small numbers. Two processes then hold one claim together, and each believes that it made it.
  {
    name: 'processes on different machines have the same id and share their claims',
    kind: 'lost claim',
    file: 'src/operation/memory.ts',
    find: '    processId: runtime.newId(),',
    replace: '    processId: String(process.pid),',
  },
  // The agent keeps a chat that nobody reads. LiveChat refused the old Personal Access Token. The bot's owner enters a
  // new one. The warm process does not use it for an hour. So a chat that its customer cannot close stays open, and new
  // agents have no names.
  {
    name: 'after a refused token, a new token is not used for an hour',
    kind: 'cache',
    file: 'src/operation/agent-apis.ts',
    find: "  const key = scope.key('agent-refused', needed, settings.agentAccess.personalAccessToken)",
    replace: "  const key = scope.key('agent-refused', needed)",
  },
  // The end user misses the agent's words. For some minutes Botpress answers 403 or 409, because of a quota or a lock. The
  // webhook is answered 200, and LiveChat never redelivers. If the last read of the thread meets the same refusal, the
  // words count as refused for good, and the session ends without them.
  {
    name: 'refusals of Botpress that pass count as final, so LiveChat does not redeliver',
    kind: 'swallowed error',
    file: 'src/operation/failures/platform-errors.ts',
    find: 'const finalStatuses = new Set([400, 404, 405, 410, 413, 415, 422])',
    replace: 'const finalStatuses = new Set([400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422])',
  },

  // The end user and the agent. An agent shows buttons. The end user first writes "one moment"; the read of the thread
  // for that text fails or takes longer than 6 s. The choices now count as answered, and the tag is cleared. The end user
  // then writes "2". No button is pressed, and the agent reads a bare "2" without knowing the numbers.
  {
    name: 'after one failed read of the thread, the choices count as answered, and a later number presses no button',
    kind: 'wrong content',
    file: 'src/channels/answer-choice.ts',
    find: 'return pick ?? { picked: false, isOpen: true }',
    replace: 'return pick ?? { picked: false, isOpen: false }',
  },
  // The end user and the agent. LiveChat hangs. A message waits long for its turn, so its own 50 s end in the middle of
  // its first send_event. LiveChat carries that call out. The end user is told that the message certainly did not
  // arrive, writes it again, and the agent reads it twice.
  {
    name: 'a message whose call is still under way counts as certainly not delivered',
    kind: 'early answer',
    file: 'src/channels/attempt.ts',
    find: "export const outcomeOf = ({ mayHaveLanded, underWay }: Attempt, error: unknown): Outcome => {\n  if (mayHaveLanded || underWay > 0) return 'maybeNotDelivered'",
    replace:
      "export const outcomeOf = ({ mayHaveLanded }: Attempt, error: unknown): Outcome => {\n  if (mayHaveLanded) return 'maybeNotDelivered'",
  },
  // The agent. Process A sends a message and is killed before the acknowledgement. Botpress hands the message over again
  // some seconds later, to process B, whose clock is half a minute slow (B has long compared it with LiveChat's). B takes
  // the message for new, does not read the thread, and the agent reads it twice.
  {
    name: 'a process with a slow clock takes a message that is handed over again for a new one',
    kind: 'missing dedupe',
    file: 'src/channels/handed-over-again.ts',
    find: 'const isOld = vendorNowMs(scope) - Date.parse(message.createdAt) > newForMs',
    replace: 'const isOld = scope.runtime.nowMs() - Date.parse(message.createdAt) > newForMs',
  },
  // The end user. A webhook with an agent's words was lost with a killed process, or LiveChat gave it up. Process B, which
  // did not start the session, gets the end user's next message, and begins the first read beside it. The sending fails
  // (rate limit, outage). The read is thrown away without a note, and the thread counts as read. B never catches up: the
  // agent's words come only at the end, or never if the bot stops the session.
  {
    name: 'after a failed message, the first read is forgotten, and the process never catches up',
    kind: 'dropped turn',
    file: 'src/channels/hitl.ts',
    find: '    reading.first?.drop()\n    await tellEndUser(',
    replace: '    await tellEndUser(',
  },
  // The agent. The end user (or the bot) sends a file. The line "sent a video:" or the title is in LiveChat, then the
  // process is killed before the file follows. Botpress hands the message over again. The next process sees the line,
  // takes the whole part for sent, and acknowledges. The file is lost, and nobody is told.
  {
    name: 'a file counts as sent when only the line that announces it was sent before a kill',
    kind: 'lost write',
    file: 'src/channels/send-parts.ts',
    find: '  const landed = sending.landed.get(partId)\n  if (landed !== undefined) return landed',
    replace:
      "  const landed = ['', '-by-bot', '-by', '-title']\n    .map((suffix) => sending.landed.get(`${partId}${suffix}`))\n    .find((eventId) => eventId !== undefined)\n  if (landed !== undefined) return landed",
  },
  // The end user. Process B knows the session from the time when nobody had it. Process A announces the agent. A message
  // of the end user then fails in B. B still believes that no agent was announced, so it only tells the bot's flows. The
  // end user believes that the agent has read the message.
  {
    name: 'a process that does not know of the announced agent does not tell the end user that a message failed',
    kind: 'stale read',
    file: 'src/channels/tell-undelivered.ts',
    find: 'if (hasHadAgent(session) || hasHadAgent((await lookUpSession(limited, session)) ?? session)) {',
    replace: 'if (hasHadAgent(session)) {',
  },
  // The agent. In a channel with several people, Bob writes in Anna's session. The one look-up of Bob's name fails or is
  // slow. From then on, this process never looks again, and all of Bob's messages come from a nameless customer, in every
  // session.
  {
    name: 'one failed look-up of a name leaves a person nameless for as long as the process lives',
    kind: 'cache',
    file: 'src/channels/voice.ts',
    find: '  if (found) names(scope.memory).set(key, found)',
    replace: '  names(scope.memory).set(key, found ?? { name: undefined })',
  },
  // The agent and the end user. start_chat lands, but its answer is lost, and the reads after it fail until the start's
  // time is over. The start fails, so the bot goes on with the end user. The thread stays open in LiveChat: an agent
  // takes it and writes to nobody.
  {
    name: 'a failed start does not close the chat if the answer to the opening was lost',
    kind: 'swallowed error',
    file: 'src/actions/start-hitl.ts',
    find: '        await undoStart(scope, input.userId, opened)',
    replace: '        if (opened.thread) await undoStart(scope, input.userId, opened)',
  },
  // The end user in the next session. Process A stops a session. Process B gets the webhook and records the end. The end
  // user is handed over again, in the same chat of LiveChat. Botpress repeats the first stop (its answer was lost), again
  // at A. A still remembers an open session, and closes the chat: that is the thread of the new session.
  {
    name: 'a repeated stop closes the thread of the next session, because the process did not learn of the end',
    kind: 'stale read',
    file: 'src/actions/stop-hitl.ts',
    find: '  if (isOld(scope, session)) {',
    replace: '  if (isOld(scope, session) && session.isLeftOpen) {',
  },
  // The end user. LiveChat gives a new secret with each token. Processes A and B renew the token of one customer at the
  // same moment. B wins, and has not stored the new secret yet (or reads lag). A gets a stranger's token, reads the state
  // only once, finds the old secret, and drops the customer. The session cannot go on.
  {
    name: 'a process gives a customer up before another process could store the renewed secret',
    kind: 'stale read',
    file: 'src/customers/credentials.ts',
    find: 'for (const waitMs of [0, 1_000]) {',
    replace: 'for (const waitMs of [0]) {',
  },
  // The end user. Process A remembers a user's customers. Process B renews the token of one of them, and LiveChat gives
  // it a new secret. A then stores something else (a further customer, or another customer's token) and writes its old
  // copy over it. When that token ends, a third process renews it with the dead secret, gets a stranger, and drops the
  // customer: the end user's messages cannot be delivered any more.
  {
    name: 'a process writes its remembered customers over the secret that another process has renewed',
    kind: 'lost write',
    file: 'src/customers/customer-store.ts',
    find: '  const customers = change((await readState(scope, botpressUserId)) ?? [])',
    replace:
      '  const remembered = known(scope.memory).get(keyOf(scope, botpressUserId))?.customers\n  const customers = change(remembered ?? (await readState(scope, botpressUserId)) ?? [])',
  },
  // The end user of a long session, or of a later one. LiveChat gives a new secret with a renewed token and forgets the
  // old one. We keep the old one. The next renewal gets a stranger's token, nobody has a newer secret, and the customer is
  // dropped in the middle of the session.
  {
    name: 'the new secret that comes with a renewed token is thrown away',
    kind: 'cache',
    file: 'src/livechat/accounts.ts',
    find: "const secret = readSecretCookie(response.headers['set-cookie']) ?? known",
    replace: "const secret = known ?? readSecretCookie(response.headers['set-cookie'])",
  },
  // The agents and the end user. The opening of a thread lands, but answers with a fault, and LiveChat's list does not
  // show the thread yet. The second try is refused because a thread is open. We do not look whether it is ours, take it
  // for another start's, and open a second chat as a new customer. Two agents get the same briefing, and one of them
  // writes to nobody.
  {
    name: 'an own thread that the list shows late is taken for that of another start, and a second chat is opened',
    kind: 'missing dedupe',
    file: 'src/livechat/open-thread.ts',
    find: 'const mine = await findOwnThread(api, chat, trace)',
    replace: 'const mine = error.mayHaveLanded ? await findOwnThread(api, chat, trace) : undefined',
  },
  // The agent. LiveChat is slow and carries out a send_event only after 8 s. We give up after 6 s, read the thread, do not
  // find the message there, and send it again. Then both take effect, and the agent reads the message twice.
  {
    name: 'a write is given up before LiveChat gives it up, so it takes effect after the read that looks for it',
    kind: 'missing dedupe',
    file: 'src/livechat/transport/exchange.ts',
    find: 'const waitMs = attemptMs ?? (isRepeatable ? shortAttemptMs : longAttemptMs)',
    replace: 'const waitMs = attemptMs ?? shortAttemptMs',
  },
  // The end user. A call to LiveChat takes 8 s (a slow start_chat, or a send in another session). The process now believes
  // that its clock is 8 s slow. Before the next answer of LiveChat, it gets an agent's first words, 2 s after the
  // conversation was created. It believes that the plugin listens already, sends them at once, and the plugin drops them.
  {
    name: 'the time of a slow call counts as a wrong clock, so first words are sent before the plugin listens',
    kind: 'lost write',
    file: 'src/livechat/transport/watch-clock.ts',
    find: 'last = { aheadMs: Math.min(mostMs, Math.max(leastMs, last?.aheadMs ?? 0)) }',
    replace: 'last = { aheadMs: askedAtMs - theirsMs }',
  },
  // The end user and the agent. An agent shows buttons, then asks "How many people?". The end user writes "one second",
  // then "2". Their own text in between makes the buttons the last word again: button 2 is pressed, and the agent reads
  // its label in place of the answer to the question.
  {
    name: 'a number that answers a later question presses a button, because the end user wrote something in between',
    kind: 'wrong content',
    file: 'src/content/pick-choice.ts',
    find: 'const isLastWord = speakers.every((id) => id === livechatCustomerId)',
    replace: 'const isLastWord = (speakers.at(-1) ?? livechatCustomerId) === livechatCustomerId',
  },
  // The agent. A bloc has a text, a picture and another text, such as "Before:", a picture, "And this is how it looks
  // now:", a picture. The second text is joined to the first one, so it comes before the first picture, and the agent
  // takes the words for those of the wrong picture.
  {
    name: 'a text behind a picture is joined to the text before the picture',
    kind: 'reversed order',
    file: 'src/content/to-agent/outgoing-parts.ts',
    find: "    const last = joined.at(-1)\n    if (part.kind === 'text' && last?.kind === 'text')\n      joined[joined.length - 1] = {",
    replace:
      "    const at = joined.findLastIndex(({ kind }) => kind === 'text')\n    const last = joined[at]\n    if (part.kind === 'text' && last?.kind === 'text')\n      joined[at] = {",
  },
  // The end user. The call that creates an agent's message hangs at Botpress for a minute. The delivery's 8 s end.
  // LiveChat delivers again, to the same process. Each redelivery waits for the same dead call until its own time is
  // over, and LiveChat gives the webhook up. The message is lost as long as nothing else catches up.
  {
    name: 'redeliveries wait for a call that hangs and that was given up long ago',
    kind: 'deadline ignored',
    file: 'src/shared/single-flight.ts',
    find: '    if (running && !running.signal.aborted)\n',
    replace: '    if (running)\n',
  },
  // The end user. One delivery of a thread takes 8 s, because Botpress is slow. A catch-up after a message of the end user
  // waits behind it and gives up after 4 s. The next delivery only waited for the catch-up, so it begins while the first
  // one still runs, and overtakes it. The end user reads the agent's second message first.
  {
    name: 'when a waiting piece of work is given up, the next one overtakes the one that still runs',
    kind: 'reversed order',
    file: 'src/shared/turns.ts',
    find: 'const isFree = (): Promise<void> => Promise.resolve(before).then(() => settledOrAborted(result, signal))',
    replace: 'const isFree = (): Promise<void> => settledOrAborted(result, signal)',
  },
  // Agents and end users of all later sessions of the process. More than six files are under way at the same time, and
  // downloads are slow. A file that waits gives up when its time is over, but stays in the line. It later gets a slot,
  // which nobody gives back. After six of them, no file is copied any more: each file message takes 18 s, holds up the
  // messages behind it, and shows a link, or no link at all.
  {
    name: 'a file that has given up waiting still takes a slot, and keeps it for ever',
    kind: 'leak',
    file: 'src/shared/downloads/slots.ts',
    find: '        const giveUp = (): void => {\n          waiting.delete(begin)\n          reject(reasonOf(signal))\n        }',
    replace: '        const giveUp = (): void => reject(reasonOf(signal))',
  },
  // The end user. Botpress is slow: most calls take 1.5 s, one of the last five took 50 ms. The start assumes the short
  // drop window of 5 s. The plugin needs ten seconds until it listens. An agent's words after 6 s are sent at once, and
  // the plugin drops them.
  {
    name: 'one quick call hides that Botpress is slow, so words are sent before the plugin listens',
    kind: 'lost write',
    file: 'src/shared/downloads/usual-time.ts',
    find: '[Math.floor(last.length / 2)] ?? 0',
    replace: '[0] ?? 0',
  },
  // The end users of another bot. Two bots use one LiveChat app. The register of the first bot, also the daily one, takes
  // the second bot's webhooks for outdated ones of its own, and removes them. The second bot's end users get nothing from
  // their agents any more.
  {
    name: 'a register removes the webhooks of another bot that uses the same LiveChat app',
    kind: 'other installation',
    file: 'src/setup/webhooks/wanted-webhooks.ts',
    find: "  webhook.url === url && (webhook.description ?? '').startsWith(descriptionStart)",
    replace:
      "  (webhook.description ?? '').startsWith(descriptionStart) && new URL(webhook.url).host === new URL(url).host",
  },
  // The agent. The first start of a user opens the chat beside the storing of the new customer. The process is killed in
  // between, or Botpress refuses to store the customer. Then nobody can act as this customer: the chat stays open, an
  // agent takes it and writes to nobody, and the next start cannot close it.
  {
    name: 'a chat is opened as a customer who is not stored yet, and nobody can close it after a failure',
    kind: 'missing await',
    file: 'src/session/start/start-thread.ts',
    find: '  const [hasOthers] = await Promise.all([\n    keepNewCustomer(scope, botpressUserId, customer),\n    updateCustomerCard(scope, botpressUserId, customer, request.details),\n  ])\n  const first = await open(scope, apiFor(scope, botpressUserId, customer), request, undefined, opened)\n',
    replace:
      '  const [hasOthers, first] = await Promise.all([\n    keepNewCustomer(scope, botpressUserId, customer),\n    open(scope, apiFor(scope, botpressUserId, customer), request, undefined, opened),\n    updateCustomerCard(scope, botpressUserId, customer, request.details),\n  ])\n',
  },
  // The agent. An agent has opened a chat with the user. A start joins it, makes the conversation, and fails after that.
  // More than half a minute later, the user is handed over again. The thread now counts as left over from our failed
  // start, and is closed under the agent's hands.
  {
    name: 'the next start closes the thread of an agent, after a start that had joined it has failed',
    kind: 'wrong place',
    file: 'src/session/start/open-thread-use.ts',
    find: "  if (!session || session.ended?.reason === 'startFailed') {",
    replace: '  if (!session) {',
  },
  // The agent. A start joins the thread of an agent, makes the conversation, and then fails (the answer comes too late, or
  // the record of the agent fails). The failure is not recorded, so the conversation passes for a session. What the agent
  // writes goes into a conversation that the plugin does not know, and neither the flows nor the agent hear of it.
  {
    name: "a failed start that had joined an agent's thread stays a session to which nobody listens",
    kind: 'lost write',
    file: 'src/session/start/undo-start.ts',
    find: '  if (thread?.isJoined) return recordFailedStart(scope, thread)',
    replace: '  if (thread?.isJoined) return',
  },
  // The end user of the next session. LiveChat does not answer when the first session is closed. Meanwhile Botpress
  // repeats the stop, which closes the thread, and the end user is handed over again in the same chat. Then the first stop
  // tries again, and closes the thread of the new session.
  {
    name: 'a closing that is repeated does not look at the thread, so it closes that of the next session',
    kind: 'wrong place',
    file: 'src/livechat/close-thread-once.ts',
    find: '      if (!thread.active) return\n',
    replace: '',
  },
  // The end user. The answer to the creation of the conversation comes seconds late, so the start returns late. What it
  // has scheduled is due before the plugin listens, and is dropped: nobody hears that an agent is there.
  {
    name: 'a late answer to the creation of the conversation does not make the drop window longer',
    kind: 'lost write',
    file: 'src/session/drop-window.ts',
    find: 'dropWindowFor(callMs) + Math.max(0, ageMs - callMs - notLateMs)',
    replace: 'dropWindowFor(callMs)',
  },
  // The end user. Amber passes the session to Birch, who closes it. The webhook of Amber's assignment comes a minute late,
  // and the end user hears that Amber has joined.
  {
    name: 'a late transfer is announced in a closed chat',
    kind: 'stale read',
    file: 'src/session/agents/outdated-transfer.ts',
    find: 'if (!thread.active) return true',
    replace: "if (!thread.active) return news.kind === 'backInQueue'",
  },
  // The bot's flows. The webhook of an end waits long for its turn. It tells the flows of the end, and has no time left to
  // record that. The next delivery tells them again.
  {
    name: 'an end is told although no time is left to record it',
    kind: 'deadline ignored',
    file: 'src/session/end/end-session.ts',
    find: "  if (scope.deadline.remainingMs() < leastToTellMs) throw new NotYetError('Too little time is left to tell of an end')\n",
    replace: '',
  },
  // The agent. A file has a long title, which is sent first. Its answer takes long. Meanwhile the agent closes the chat,
  // and opens it again. The file goes into the new thread, which is no session.
  {
    name: 'the next part of a message is sent although the session has ended meanwhile',
    kind: 'wrong place',
    file: 'src/channels/send-parts.ts',
    find: '    requireOpen(scope, session)\n',
    replace: '',
  },
  // The agent. The answer to a message is lost. Meanwhile the chat is closed and opened again. The message is sent again,
  // into the new thread.
  {
    name: 'a message is sent again although its thread is closed',
    kind: 'wrong place',
    file: 'src/livechat/send-event-once.ts',
    find: "      if (!thread.active) throw new LiveChatApiError('send_event', 'chat_inactive', 0)\n",
    replace: '',
  },
]
