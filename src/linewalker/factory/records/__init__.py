"""What came out, kept so that nothing is lost: results, database, documents."""
