import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
import '@livechat/design-system-react-components/dist/design-system-react-components.css'
import './styles/base.css'
import './styles/customer.css'
import './styles/desk.css'
import './styles/inspector.css'
import './styles/controls.css'
import { App } from './app'
import { connect } from './live/connection'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
connect()
createRoot(root).render(<App />)
