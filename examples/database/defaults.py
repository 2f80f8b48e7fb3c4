"""What holds where the environment says nothing."""

HOST = "localhost"
PORT = "5432"
BASE_NAME = "interview"
USER = "interview"
PASSWORD = "opensesame42"
SSL_MODE = "prefer"
