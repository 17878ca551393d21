import { useMemo, useRef, useState } from 'react'
import {
  Composer,
  Container,
  Header,
  MessageList,
  StylesheetProvider,
  type FileType,
  type ScopedClient,
} from '@botpress/webchat'
import { Button } from '@livechat/design-system-react-components'
import type { PersonView } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useMissingFiles } from '../live/missing-files'
import { useNotices } from '../notices'
import type { Theme } from '../top-bar'
import { useKeptFocus } from '../ui/kept-focus'
import { restoreText, useMendedWebchat } from './mend-webchat'
import { letterAvatar, toMessages } from './messages'
import { SessionStrip } from './session-strip'

type Outgoing = Parameters<ScopedClient['sendMessage']>[0]

const BRAND = '#245bd1'
const bot = { botName: 'Kettle & Co.', botDescription: 'Botpress webchat, with a scripted bot' }
/** Messages that are rendered at first. Each costs time, whether it is in sight or not. */
const SHOWN_MESSAGES = 60

export const Webchat = ({ person, theme }: { person: PersonView; theme: Theme }) => {
  const { attempt } = useNotices()
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const [shownCount, setShownCount] = useState(SHOWN_MESSAGES)
  const pane = useRef<HTMLDivElement>(null)
  const underWay = useRef(new Set<string>())
  useKeptFocus(pane, person.session.active, (element) => element.querySelector('textarea'))
  const missingFiles = useMissingFiles()
  const messages = useMemo(() => toMessages(person, shownCount, missingFiles), [person, shownCount, missingFiles])
  const senders = useMemo(() => messages.map(({ sender }) => sender.name), [messages])
  const root = useMendedWebchat(senders)
  const hidden = person.messages.length - messages.length
  const send = async (payload: Outgoing): Promise<void> => {
    const { type, ...fields } = toPlainText(payload)
    // A second Enter can come before the component has emptied its field.
    const key = JSON.stringify(payload)
    if (underWay.current.has(key)) return
    underWay.current.add(key)
    const isSent = await attempt(api.say(person.id, type, fields))
    underWay.current.delete(key)
    // The component has emptied its field already.
    if (!isSent && root.current && typeof fields.text === 'string') restoreText(root.current, fields.text)
  }
  const upload = async (file: File): ReturnType<ScopedClient['uploadFile']> => {
    const { url } = await api.upload(person.id, file)
    return { fileUrl: url, name: file.name, type: kindOf(file), fileId: url }
  }
  return (
    <div className="customer__person" ref={pane}>
      {/* No font family: the webchat would fetch it from Google. */}
      <StylesheetProvider color={BRAND} themeMode={theme} radius={1.5} variant="soft" headerVariant="glass" />
      <SessionStrip person={person} />
      {hidden > 0 && (
        <Button kind="plain" size="compact" onClick={() => setShownCount(shownCount + SHOWN_MESSAGES)}>
          {`Show ${Math.min(hidden, SHOWN_MESSAGES)} earlier messages`}
        </Button>
      )}
      <div className="customer__chat" ref={root}>
        <Container connected uploadFile={upload} allowFileUpload storageKey={person.id}>
          <Header configuration={headerOf(person)} disabled />
          <MessageList
            messages={messages}
            botName={bot.botName}
            showMarquee={false}
            sendMessage={(payload: Outgoing) => void send(payload)}
          />
          {!isRecorded && (
            <Composer
              connected
              allowFileUpload
              storageKey={person.id}
              composerPlaceholder={`Write as ${person.name}…`}
              sendMessage={send}
              uploadFile={upload}
            />
          )}
        </Container>
      </div>
    </div>
  )
}

/** During a session, the plugin shows the webchat the agent instead of the bot ("Use Human Agent Info"). */
const headerOf = ({ session: { active, agentName, agentPictureUrl } }: PersonView) => {
  if (!active || agentName === undefined) return bot
  return { botName: agentName, ...(agentPictureUrl === undefined ? {} : { botAvatar: letterAvatar(agentName) }) }
}

type Plain = { type: string; [field: string]: unknown }

/** What a click on a choice says. The bot and LiveChat know texts, not buttons. */
const toPlainText = (payload: Outgoing): Plain => {
  const { type, ...fields } = payload as Plain
  const isPress = typeof fields.text === 'string' && type !== 'text'
  return isPress
    ? { type: 'text', text: fields.text }
    : type === 'text'
      ? { type, text: fields.text }
      : { type, ...fields }
}

const kindOf = ({ type }: File): FileType =>
  (['image', 'audio', 'video'] as const).find((kind) => type.startsWith(`${kind}/`)) ?? 'file'
