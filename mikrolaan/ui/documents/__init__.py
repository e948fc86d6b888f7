"""Paper on screen: the list of issued documents of a case, and the viewer that shows pages as they are printed."""
