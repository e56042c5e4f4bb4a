"""Who may offer services: social organisations and others, known everywhere by their credit code."""
