'use strict'

/** Stands for `form-data` in the bundle. Node has the class itself, and axios accepts it. */
module.exports = FormData
