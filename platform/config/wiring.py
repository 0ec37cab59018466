from config import deployment

deployment.registered()
