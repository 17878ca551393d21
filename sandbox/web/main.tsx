import '@fontsource-variable/inter/wght.css'
import '@livechat/design-system-react-components/dist/design-system-react-components.css'
import './styles/base.css'
import './styles/customer.css'
import './styles/desk.css'
import './styles/inspector.css'
import './styles/controls.css'
import { connect } from './live/connection'

// What the server tells arrives while the browser still reads the page's code, which is much longer.
connect()
void import('./root')
