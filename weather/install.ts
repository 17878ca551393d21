import './world/everything-else'
import { replaceGlobals } from './world/globals'

// Imported before everything else, so that no module keeps one of the machine's own functions.
replaceGlobals()
