"""Commands for those who build Mikrolaan: pictures of every page, measurements, set-up."""
