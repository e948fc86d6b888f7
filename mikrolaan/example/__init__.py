"""An example office: invented borrowers with lives of their own, made through the same services as officers use."""
