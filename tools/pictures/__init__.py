"""What `make screens` draws: the camera, the tours through the program, and the contact sheet."""
