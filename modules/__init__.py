"""What the customer uses; each package is one module that a city can switch on."""
