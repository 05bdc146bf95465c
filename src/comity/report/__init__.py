"""Tables, figures, files: answers rendered. Importing this gives the answers their notebook display and charts."""

from comity.report.notebook import register

register()
