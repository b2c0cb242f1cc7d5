"""What vendors tell of their farms, and the pictures that go with it."""
