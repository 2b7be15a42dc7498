"""From the model to alert and recording rules, without any file format."""
