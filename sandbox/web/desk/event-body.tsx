import { Icon } from '@livechat/design-system-react-components'
import { Check, FileDownload } from '@livechat/design-system-icons'
import type { EventView } from '../../control/views'
import { fileAddress } from '../api'
import { withoutFile } from '../format'
import { useMissingFiles } from '../live/missing-files'
import { LinkedText } from '../ui/linked-text'

type FileEvent = { name: string; url: string; content_type: string }
type RichEvent = { elements?: Element[]; template_id: string }
type Element = { title?: string; subtitle?: string; image?: { url: string }; buttons?: RichButton[] }
type RichButton = { text: string; user_ids?: string[] }

/** The content of one event. An event without a form of its own is shown as LiveChat prints it. */
export const EventBody = ({ entry: { type, event, text } }: { entry: EventView }) => {
  if (type === 'file') return <FileBody file={event as FileEvent} />
  if (type === 'rich_message') return <RichBody rich={event as RichEvent} />
  return <LinkedText text={text} />
}

const FileBody = ({ file: { name, url, content_type } }: { file: FileEvent }) => {
  const address = fileAddress(url)
  const missing = useMissingFiles().get(url)
  if (missing !== undefined) return <p className="line__text">{withoutFile(name, missing)}</p>
  if (content_type.startsWith('image/')) {
    return (
      <a className="line__image" href={address} target="_blank" rel="noreferrer">
        <img src={address} alt={name} />
      </a>
    )
  }
  return (
    <a className="line__file" href={address} target="_blank" rel="noreferrer">
      <Icon source={FileDownload} size="medium" />
      <span>{name}</span>
    </a>
  )
}

const CardImage = ({ url }: { url: string }) => {
  const missing = useMissingFiles().get(url)
  return missing === undefined ? <img src={fileAddress(url)} alt="" /> : <span>{withoutFile('Picture', missing)}</span>
}

const RichBody = ({ rich: { elements = [] } }: { rich: RichEvent }) => (
  <div className="line__cards">
    {elements.map(({ title, subtitle, image, buttons = [] }, index) => (
      <div key={index} className="rich-card">
        {image && <CardImage url={image.url} />}
        {title !== undefined && <strong>{title}</strong>}
        {subtitle !== undefined && <span>{subtitle}</span>}
        <div className="rich-card__buttons">
          {buttons.map(({ text, user_ids = [] }) => (
            <span key={text} data-pressed={user_ids.length > 0}>
              {user_ids.length > 0 && <Icon source={Check} size="xsmall" />}
              {text}
              {user_ids.length > 0 && <span className="visually-hidden"> (pressed by the customer)</span>}
            </span>
          ))}
        </div>
      </div>
    ))}
  </div>
)
