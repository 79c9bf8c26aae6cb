"""What those who watch a service ask it: is it up, is there data, how busy is it."""
