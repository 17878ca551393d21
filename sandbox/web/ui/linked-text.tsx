import { fileAddress, isSandboxFile } from '../api'

const LINK = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/

/** Text whose addresses are links. Its direction follows its first letters, whatever language it is in. */
export const LinkedText = ({ text }: { text: string }) => (
  <p className="line__text" dir="auto">
    {text.split(LINK).map((part, index) =>
      index % 2 === 0 ? (
        part
      ) : (
        <a key={index} href={linkTo(part)} target="_blank" rel="noreferrer">
          {part}
        </a>
      ),
    )}
  </p>
)

/** What looks like a file on a vendor's server is in the sandbox. */
const linkTo = (address: string): string => (isSandboxFile(address) ? fileAddress(address) : address)
