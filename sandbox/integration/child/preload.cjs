'use strict'

// Runs in the child process before anything else is loaded.

const { applySettings } = require('./settings.cjs')

applySettings(process.env)

// Without its parent the process must end.
process.on('disconnect', () => process.exit(0))
process.channel?.unref()
