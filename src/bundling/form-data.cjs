'use strict'

/** Stands for `form-data` in the bundle. Node has such a class itself, which axios accepts. It is loaded at first use. */
module.exports = function () {
  return new FormData()
}
