"""What goes over the wire: `<Noun>In`, `<Noun>Out`."""
