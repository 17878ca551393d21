import { useMemo } from 'react'
import {
  Composer,
  Container,
  Header,
  MessageList,
  StylesheetProvider,
  type FileType,
  type ScopedClient,
} from '@botpress/webchat'
import type { PersonView, Snapshot } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import type { Theme } from '../top-bar'
import { useMendedWebchat } from './mend-webchat'
import { toMessages } from './messages'
import { PersonSwitcher } from './person-switcher'
import { SessionStrip } from './session-strip'

type Props = { snapshot: Snapshot; personId: string; onPerson: (id: string) => void; theme: Theme }
type Outgoing = Parameters<ScopedClient['sendMessage']>[0]

const BRAND = '#245bd1'
const bot = { botName: 'Kettle & Co.', botDescription: 'Botpress webchat, with a scripted bot' }

/** The end user's side: Botpress' own webchat components, fed from the sandbox instead of Botpress Cloud. */
export const CustomerPane = ({ snapshot, personId, onPerson, theme }: Props) => {
  const person = snapshot.people.find(({ id }) => id === personId)
  return (
    <section className="pane customer" aria-label="Customer">
      {/* No font family: the webchat would fetch it from Google. */}
      <StylesheetProvider color={BRAND} themeMode={theme} radius={1.5} variant="soft" headerVariant="glass" />
      <PersonSwitcher people={snapshot.people} personId={personId} onPerson={onPerson} />
      {person && <Webchat key={person.id} person={person} snapshot={snapshot} />}
    </section>
  )
}

const Webchat = ({ person, snapshot }: { person: PersonView; snapshot: Snapshot }) => {
  const { attempt } = useNotices()
  const root = useMendedWebchat()
  const messages = useMemo(() => toMessages(person), [person])
  const send = async (payload: Outgoing): Promise<void> => {
    const { type, ...fields } = toPlainText(payload)
    await attempt(api.say(person.id, type, fields))
  }
  const upload = async (file: File): ReturnType<ScopedClient['uploadFile']> => {
    const { url } = await api.upload(person.id, file)
    return { fileUrl: url, name: file.name, type: kindOf(file), fileId: url }
  }
  return (
    <>
      <SessionStrip person={person} chats={snapshot.chats} />
      <div className="customer__chat" ref={root}>
        <Container connected uploadFile={upload} allowFileUpload storageKey={person.id}>
          <Header configuration={bot} disabled />
          <MessageList
            messages={messages}
            botName={bot.botName}
            showMarquee={false}
            sendMessage={(payload: Outgoing) => void send(payload)}
          />
          <Composer
            connected
            allowFileUpload
            storageKey={person.id}
            composerPlaceholder={`Write as ${person.name}…`}
            sendMessage={send}
            uploadFile={upload}
          />
        </Container>
      </div>
    </>
  )
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
